CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE inbox (
	update_id BIGINT NOT NULL, 
	chat_id BIGINT, 
	received_ms BIGINT NOT NULL, 
	body TEXT, 
	state VARCHAR(8) NOT NULL, 
	attempts INTEGER NOT NULL, 
	not_before_ms BIGINT NOT NULL, 
	owner VARCHAR(36), 
	lease_until_ms BIGINT, 
	ended_ms BIGINT, 
	PRIMARY KEY (update_id)
);
CREATE INDEX inbox_by_state ON inbox (state, received_ms);
CREATE TABLE sessions (
	conversation VARCHAR(40) NOT NULL, 
	person VARCHAR(16) NOT NULL, 
	topic TEXT, 
	declines INTEGER NOT NULL, 
	at_ms BIGINT NOT NULL, 
	PRIMARY KEY (conversation)
);
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_time ON sessions (at_ms);
CREATE TABLE replies (
	conversation VARCHAR(40) NOT NULL, 
	question BIGINT NOT NULL, 
	messages TEXT NOT NULL, 
	at_ms BIGINT NOT NULL, 
	PRIMARY KEY (conversation, question)
);
CREATE INDEX replies_by_time ON replies (at_ms);
CREATE TABLE queries (
	id INTEGER NOT NULL, 
	turn VARCHAR(32) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	person VARCHAR(16) NOT NULL, 
	question TEXT NOT NULL, 
	outcome VARCHAR(12) NOT NULL, 
	services TEXT NOT NULL, 
	scores TEXT NOT NULL, 
	aspects TEXT NOT NULL, 
	latency_us INTEGER NOT NULL, 
	version VARCHAR(64) NOT NULL, 
	feedback VARCHAR(8), 
	reason VARCHAR(24), 
	found TEXT NOT NULL, picked VARCHAR(32), 
	PRIMARY KEY (id), 
	UNIQUE (turn)
);
CREATE INDEX queries_by_time ON queries (at_ms, outcome, services, aspects, feedback, reason, person, latency_us);
CREATE INDEX queries_by_outcome ON queries (outcome, at_ms);
CREATE INDEX queries_by_feedback ON queries (feedback, at_ms);
CREATE INDEX queries_by_person ON queries (person, at_ms);
CREATE TABLE answered (
	service VARCHAR(32) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	turn VARCHAR(32) NOT NULL, 
	PRIMARY KEY (service, at_ms, turn), 
	FOREIGN KEY(turn) REFERENCES queries (turn) ON DELETE CASCADE
);
CREATE INDEX answered_by_turn ON answered (turn);
CREATE TABLE looks (
	id INTEGER NOT NULL, 
	at_ms BIGINT NOT NULL, 
	who VARCHAR(40) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	detail TEXT NOT NULL, 
	rows INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE day_counts (
	begins_ms BIGINT NOT NULL, 
	ends_ms BIGINT NOT NULL, 
	counts TEXT NOT NULL, 
	PRIMARY KEY (begins_ms)
);
CREATE VIRTUAL TABLE query_words USING fts5(question, content='queries', content_rowid='id', prefix='3')
/* query_words(question) */;
CREATE TRIGGER query_words_in AFTER INSERT ON queries BEGIN
    INSERT INTO query_words(rowid, question) VALUES (new.id, new.question); END;
CREATE TRIGGER query_words_out AFTER DELETE ON queries BEGIN
    INSERT INTO query_words(query_words, rowid, question) VALUES ('delete', old.id, old.question); END;
CREATE TABLE knowledge_versions (
	id INTEGER NOT NULL, 
	at_ms BIGINT NOT NULL, 
	who VARCHAR(40) NOT NULL, 
	how VARCHAR(16) NOT NULL, 
	change_id VARCHAR(16) NOT NULL, 
	file VARCHAR(80) NOT NULL, 
	content BLOB, 
	PRIMARY KEY (id)
);
CREATE INDEX knowledge_versions_by_file ON knowledge_versions (file, id);
CREATE INDEX knowledge_versions_by_change ON knowledge_versions (change_id);
CREATE TABLE knowledge_proposals (
	id VARCHAR(16) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	who VARCHAR(40) NOT NULL, 
	how VARCHAR(16) NOT NULL, 
	files TEXT NOT NULL, 
	bases TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE suggestion_marks (
	words TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	at_ms BIGINT NOT NULL, 
	who VARCHAR(40) NOT NULL, 
	PRIMARY KEY (words)
);
INSERT INTO alembic_version VALUES ('0003');
