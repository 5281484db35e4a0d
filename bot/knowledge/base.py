"""Everything that was read, as one value: the knowledge base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.knowledge.assessment import Assessment
from bot.knowledge.language import Language
from bot.knowledge.model import Agency, Notice, Referral, Service, Subject
from bot.knowledge.phrases import Phrases
from bot.knowledge.region import Holiday, Ramadan, Region


@dataclass(frozen=True)
class KnowledgeBase:
    """All knowledge of one region at one version.

    ``version`` is a short hash over the bytes of all files: equal bytes, equal version.
    Mappings are keyed by id and keep the order of the files.
    """

    region: Region
    agencies: Mapping[str, Agency]
    services: Mapping[str, Service]
    referrals: Mapping[str, Referral]
    holidays: tuple[Holiday, ...]
    ramadan: tuple[Ramadan, ...]
    language: Language
    phrases: Phrases
    version: str
    files: Mapping[str, str] = field(default_factory=dict)  # subject id -> path below the knowledge folder
    assessment: Assessment | None = None  # None: kepatuhan.yaml is not there

    @cached_property
    def subjects(self) -> Mapping[str, Subject]:
        """Services, referrals and agencies together; ids are unique across all three."""
        return {**self.services, **self.referrals, **self.agencies}

    def of_agency(self, agency: str) -> Iterator[Service]:
        """Services of one agency, in the order of their files."""
        return (service for service in self.services.values() if service.agency == agency)

    def notices(self, subject: Subject, today: date) -> list[Notice]:
        """What is to be shown on a day above a subject: its own notice, and that of a service's agency."""
        entries = [subject, self.agency_of(subject)] if isinstance(subject, Service) else [subject]
        return [one.notice for one in entries if one.notice and one.notice.until >= today]

    def agency_of(self, subject: Service | Agency) -> Agency:
        """The agency that gives a service; an agency itself."""
        return self.agencies[subject.agency] if isinstance(subject, Service) else subject
