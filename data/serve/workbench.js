/* Keys, a look at a footnote's sentence, what is new.  Everything works without. */
const rows = () => [...document.querySelectorAll("[data-row]")];
let at = -1;
let first = "";
function mark(next) {
const all = rows();
if (!all.length) return;
if (all[at]) all[at].classList.remove("on");
at = Math.max(0, Math.min(all.length - 1, next));
all[at].classList.add("on");
all[at].scrollIntoView({ block: "nearest" });
const link = all[at].querySelector("a");
if (link) link.focus({ preventScroll: true });
}
function open() {
const row = rows()[at];
const link = row && row.querySelector("a");
if (link) link.click();
}
/* Citation, link, annotation: a button each, and its key. */
async function copy(from) {
try {
await navigator.clipboard.writeText(from.textContent);
say(from.getAttribute("aria-label") + " copied");
} catch {
getSelection().selectAllChildren(from);
}
}
for (const from of document.querySelectorAll("[data-copy]")) {
const button = document.createElement("button");
const key = document.createElement("kbd");
key.textContent = button.dataset.key = from.dataset.copy;
button.append("Copy ", key);
button.setAttribute("aria-label", "Copy: " + from.getAttribute("aria-label"));
button.addEventListener("click", () => copy(from));
from.previousElementSibling.append(" ", button);
}
function say(words) {
const live = document.getElementById("live");
live.textContent = words;
setTimeout(() => { if (live.textContent === words) live.textContent = ""; }, 4000);
}
const single = {
j: () => mark(at + 1),
k: () => mark(at - 1),
o: open,
"?": () => { location.href = "/help"; },
"/": () => {
const box = document.getElementById("q");
if (box) box.focus();
else location.href = "/search";
},
};
/* Buttons and links that name their key: accept, reject, edit, skip, undo. */
function act(key) {
const it = key.length === 1 && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
return it && (() => {
it.click();
if (it.tagName === "SUMMARY" && it.parentElement.open) it.parentElement.querySelector("input:not([type=hidden])").focus();
});
}
addEventListener("keydown", (e) => {
if (e.ctrlKey || e.altKey || e.metaKey) return;
if (e.target.closest("input,textarea,select")) return;
if (e.key === "Escape") peek.hidden = true;
if (first === "g") {
first = "";
const link = document.querySelector(`[data-key="g ${e.key}"]`);
if (link) { e.preventDefault(); link.click(); }
return;
}
if (e.key === "g") { first = "g"; setTimeout(() => { first = ""; }, 1200); return; }
const does = single[e.key] || act(e.key);
if (does) { e.preventDefault(); does(); }
});
/* A footnote shows its sentence on hover and focus; Enter still leads there. */
const peek = document.createElement("div");
peek.id = "peek";
peek.hidden = true;
peek.setAttribute("aria-hidden", "true");
document.body.append(peek);
const pages = new Map();
/* The element a link leads to, on this page or on another of ours. */
async function target(link) {
if (link.pathname + link.search === location.pathname + location.search) return document.getElementById(link.hash.slice(1));
const address = link.pathname + link.search;
if (!pages.has(address)) pages.set(address, fetch(address).then((r) => r.text()).then((t) => new DOMParser().parseFromString(t, "text/html")));
return (await pages.get(address)).getElementById(link.hash.slice(1));
}
let wanted = null;
async function show(e) {
const link = e.target.closest && e.target.closest(".situation .n a");
wanted = link;
if (!link) { peek.hidden = true; return; }
const to = await target(link).catch(() => null);
if (!to || wanted !== link) return;
const place = to.closest("li,p,blockquote") || to;
peek.textContent = place.textContent.trim().slice(0, 600);
const box = link.getBoundingClientRect();
peek.hidden = false;
peek.style.setProperty("left", Math.max(8, Math.min(box.left, innerWidth - 490)) + "px");
peek.style.setProperty("top", box.bottom + 6 + "px");
}
addEventListener("mouseover", show);
addEventListener("focusin", show);
/* On a phone the screens' links are wider than the window: the one that is open is shown. */
for (const here of document.querySelectorAll("nav [aria-current]")) {
const nav = here.closest("nav");
const over = here.getBoundingClientRect().right - nav.getBoundingClientRect().right;
if (over > 0) nav.scrollLeft += over + 8;
}
/* New since the last visit of the list. */
const seen = Number(localStorage.getItem("seen") || 0);
let latest = seen;
for (const row of document.querySelectorAll("tr[data-at]")) {
const when = Number(row.dataset.at);
if (seen && when > seen) row.classList.add("fresh");
latest = Math.max(latest, when);
}
if (latest > seen) localStorage.setItem("seen", String(latest));
if (document.querySelector(".stories")) {
let known = 0;
const events = new EventSource("/events");
events.addEventListener("change", (e) => {
const now = JSON.parse(e.data).change;
if (known && now > known) {
const live = document.getElementById("live");
const link = document.createElement("a");
link.href = location.href;
link.textContent = "Something is new: load again";
live.replaceChildren(link);
}
known = known || now;
});
}
