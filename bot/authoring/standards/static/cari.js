// Search without a server: INDEKS (aset/indeks.js) is a list of [name, owner, address, other words].
"use strict";

(() => {
  const form = document.getElementById("cari");
  const field = document.getElementById("kata");
  const place = document.getElementById("hasil");
  const SHOWN = 12;

  const words = (text) =>
    text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  const entries = INDEKS.map(([name, owner, address, other]) => ({
    name, owner, address, own: words(name), other: words(`${owner} ${other}`),
  }));

  // The beginning of a word of the name counts most; a word that is found nowhere counts against.
  const worth = (entry, asked) => {
    if (entry.own.some((word) => word.startsWith(asked))) return 3;
    return entry.other.some((word) => word.startsWith(asked)) ? 2 : -1;
  };
  const found = (asked) => entries
    .map((entry) => ({ entry, score: asked.reduce((sum, word) => sum + worth(entry, word), 0) - entry.own.length / 100 }))
    .filter(({ score }) => score > 0)
    .sort((one, two) => two.score - one.score)
    .slice(0, SHOWN)
    .map(({ entry }) => entry);

  const item = (entry) => {
    const link = document.createElement("a");
    link.href = entry.address;
    link.textContent = entry.name;
    const owner = document.createElement("small");
    owner.textContent = ` ${entry.owner}`;
    const line = document.createElement("li");
    link.append(owner);
    line.append(link);
    return line;
  };
  const show = () => {
    const asked = words(field.value);
    place.replaceChildren();
    if (!asked.length) return;
    const hits = found(asked);
    const shown = document.createElement(hits.length ? "ul" : "p");
    if (hits.length) shown.append(...hits.map(item));
    else shown.textContent = place.dataset.kosong;
    place.append(shown);
  };

  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    place.querySelector("a")?.click();
  });
  form.hidden = false;
  show();
})();
