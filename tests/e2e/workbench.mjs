// The workbench in Chromium: accessibility of every screen, keys, no script, weight.
//     node workbench.mjs http://127.0.0.1:8017/ CHROMIUM [FOLDER FOR PICTURES]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [address, executablePath, pictures] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let passed = 0;
let failed = 0;
function check(truth, words) {
  if (truth) passed++;
  else {
    failed++;
    console.log("not ok:", words);
  }
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  timeout: 60000,
});
// The policy forbids foreign scripts: axe comes in past it, in the tests only.
const context = await browser.newContext({ bypassCSP: true });
const page = await context.newPage();
const errors = [];
page.on("pageerror", (e) => errors.push(String(e)));
page.on("console", (m) => m.type() === "error" && errors.push(m.text()));

async function json(path) {
  return (await (await context.request.get(address + path)).json());
}
const stories = (await json("stories.json")).stories;
const large = stories.sort((a, b) => b.reports - a.reports)[0].story;
const conflict = (await json("conflicts.json")).conflicts.find((c) => c.story !== large);
const story = conflict.story;
const side = conflict.sides[0];
const screens = {
  stories: "stories",
  "stories, chosen": "stories?conflicts=1&since=2029-10-01&reports=2",
  "stories, none": "stories?country=FRA",
  story: `story/${story}`,
  "story, large": `story/${large}`,
  "story, statements": `story/${large}?part=said`,
  "story, cited": `story/${large}?part=sources`,
  ledger: `ledger/${conflict.story}`,
  "ledger, conflicts": `ledger/${conflict.story}?conflicts=1&policy=majority`,
  origins: `origins/${large}`,
  actors: `actors/${large}`,
  report: `report/${side.report}`,
  sentence: `report/${side.report}?start=${side.start}&end=${side.end}`,
  search: "search",
  "search, hits": "search?q=dam",
  "search, none": "search?q=zzyzx",
  conflicts: "conflicts",
  "conflicts, by age": "conflicts?order=age",
  sources: "sources",
  map: "map",
  review: "review",
  "review, a fact": `review?report=${side.report}&kind=figure&start=${side.start}&end=${side.end}`,
  reviews: "reviews",
  alerts: "alerts",
  watch: "watch",
  rulings: "rulings",
  help: "help",
  missing: "nothing-here",
};
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const looks = {
  light: { colorScheme: "light", size: desk },
  dark: { colorScheme: "dark", size: desk },
  "phone-light": { colorScheme: "light", size: phone },
  "phone-dark": { colorScheme: "dark", size: phone },
};
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Contrast takes half a minute a look where thousands of words are marked; the same marks
// are measured in the smaller story.
const without = { "story, large": { "color-contrast": { enabled: false } } };
const limit = 100000; // bytes of a screen, the map apart

for (const [name, path] of Object.entries(screens)) {
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: "light" });
  let weight = 0;
  // As sent: bytes of the bodies, packed where they were.
  const count = async (r) => {
    weight += (await r.sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize;
  };
  page.on("requestfinished", count);
  await page.goto(address + path, { waitUntil: "load" });
  page.off("requestfinished", count);
  await page.evaluate(axe);
  for (const [look, { colorScheme, size }] of Object.entries(looks)) {
    if (without[name] && colorScheme === "dark") continue; // colours are not measured there
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(({ tags, left }) => window.axe.run({ runOnly: tags, rules: left }), { tags: rules, left: without[name] || {} });
    for (const v of found.violations)
      console.log(`  ${name}, ${look}: ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 140)).join(" | ")}`);
    check(found.violations.length === 0, `${name}, ${look}: axe-core finds ${found.violations.length}`);
    const wide = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `${name}, ${look}: ${wide} pixels wider than the window`);
    if (pictures)
      await page.screenshot({ path: `${pictures}/${name.replace(", ", "-").replaceAll(" ", "-")}-${look}.png`, fullPage: true });
  }
  if (name !== "map") check(weight <= limit, `${name}: ${weight} bytes, more than ${limit}`);
}
check(errors.filter((e) => !e.includes("404")).length === 0, `errors: ${errors.join("; ")}`);

// Keys: j marks the first row, o opens it; g c leads to the conflicts; / to the search.
await page.setViewportSize({ width: 1280, height: 900 });
await page.goto(address + "stories");
await page.keyboard.press("j");
check((await page.locator("tr.on").count()) === 1, "j marks a row");
await page.keyboard.press("o");
await page.waitForURL(/story\/\d+/);
passed++;
await page.keyboard.press("g");
await page.keyboard.press("c");
await page.waitForURL(/conflicts/);
passed++;
await page.keyboard.press("/");
await page.waitForURL(/search/);
await page.fill("#q", "dam");
await page.keyboard.press("Enter");
await page.waitForURL(/q=dam/);
check((await page.locator("mark").count()) > 0, "hits are marked");
await page.keyboard.press("?");
await page.waitForURL(/help/);
passed++;

// Review: one key each; what is decided shows in the ledger, and is taken back.
async function settled(action) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), action()]);
}
await page.goto(address + "review");
const waiting = async () => (await json("review.json")).waiting;
const before = await waiting();
const newest = async () => ((await json("reviews.json")).reviews[0] || { nr: 0 }).nr;
const logged = await newest();
await settled(() => page.keyboard.press("a"));
check((await waiting()) === before - 1, "a accepts");
await settled(() => page.keyboard.press("r"));
check((await waiting()) === before - 2, "r rejects");
await settled(() => page.keyboard.press("u"));
check((await waiting()) === before - 1, "u takes back");
await settled(() => page.keyboard.press("s"));
check((await page.locator(".candidate mark").count()) === 1 && page.url().includes("after="), "s skips");
await page.goto(address + `review?report=${side.report}&kind=figure&start=${side.start}&end=${side.end}`);
await page.keyboard.press("e");
await page.fill("input[name=low]", "4321");
await page.fill("input[name=high]", "4321");
await settled(() => page.keyboard.press("Enter"));
await page.goto(address + `ledger/${story}`);
check((await page.locator(".hand", { hasText: "edited by desk, read as" }).count()) > 0, "the ledger tells the edit");
check((await page.locator("#by-hand").innerText()).includes("4,321"), "the ledger lists the decision");
await page.goto(address + `conflicts?story=${story}`);
check((await page.locator("#by-hand").count()) === 1, "the conflicts tell the edit");
await page.goto(address + "reviews");
check((await newest()) === logged + 4 && (await page.locator("tbody tr").count()) >= 4, "the log has four rows more");
await page.evaluate(axe);
check((await page.evaluate((tags) => window.axe.run({ runOnly: tags }), rules)).violations.length === 0, "the log, filled: axe-core");
await page.goto(address + `ledger/${story}`);
await settled(() => page.locator("#by-hand form button").first().click());
check((await page.locator(".hand", { hasText: "edited" }).count()) === 0, "the ledger takes it back");

// What is taken along from a sentence: a button and a key each.
await context.grantPermissions(["clipboard-read", "clipboard-write"]);
const online = (await json(`story/${large}.json`)).sources.find((s) => s.url).id;
await page.goto(address + `report/${online}?start=20&end=60`);
const marked = await page.locator("#claim").innerText();
const clip = async (key, has) => {
  await page.keyboard.press(key);
  await page.waitForFunction(() => document.getElementById("live").textContent.endsWith("copied"));
  const words = await page.evaluate(() => navigator.clipboard.readText());
  check(words.includes(has), `${key} copies: ${words.slice(0, 200)}`);
  await page.evaluate(() => { document.getElementById("live").textContent = ""; });
  return words;
};
check((await page.locator(".copy button").count()) === 3, "three buttons copy");
await clip("c", `“${marked}”`);
await clip("l", "#:~:text=");
check(JSON.parse(await clip("w", "TextQuoteSelector")).target.selector[0].exact === marked, "the annotation selects the words");

// A policy tells at the head of a disputed row what it makes of it.
await page.goto(address + `ledger/${story}?policy=acled`);
check((await page.locator("tr.disputed th .hand", { hasText: "by acled: " }).count()) > 0, "the policy's number stands in the row");
check((await page.locator(".climb .step").count()) > 0 || story !== large, "a line for each claimant");

// Who acts on whom: an arrow is a link, and the matrix has as many.
await page.goto(address + `actors/${large}`);
const relations = (await json(`actors/${large}.json`)).relations;
check(relations.length > 3 && (await page.locator(".network a").count()) === relations.length, "an arrow for each relation");
check((await page.locator(".matrix td a").count()) === relations.length, "a cell for each relation");
await page.locator(".network a").first().focus();
await page.keyboard.press("Enter");
await page.waitForURL(/report\//);
passed++;

// Who copied whom: passages side by side, what differs told.
await page.goto(address + `origins/${large}`);
check((await page.locator(".pairs i, .pairs mark").count()) > 0, "what differs is told");

// Without JavaScript the whole way is there by links: list, ledger, sentence.
const bare = await browser.newContext({ javaScriptEnabled: false });
const plain = await bare.newPage();
await plain.goto(address + `ledger/${conflict.story}`);
await plain.locator(".entry a").first().click();
check((await plain.locator("#claim").count()) === 1, "the sentence is marked without script");
await plain.goto(address + "review");
const open = (await json("review.json")).waiting;
await plain.locator("button[value=reject]").click();
await plain.waitForLoadState();
check((await json("review.json")).waiting === open - 1, "a plain button rejects");
await plain.locator("button[value=undo]").click();
await plain.waitForLoadState();
check((await json("review.json")).waiting === open, "a plain button takes back");
await plain.goto(address + "alerts");
await plain.selectOption("select[name=kind]", "toll");
await plain.selectOption("select[name=measure]", "killed");
await plain.fill("input[name=least]", "60");
await plain.locator("button", { hasText: "Keep the rule" }).click();
await plain.waitForLoadState();
check((await plain.locator("tbody", { hasText: "60 or more killed" }).count()) === 1, "a rule is kept");
await plain.locator("button", { hasText: "End" }).click();
await plain.waitForLoadState();
check((await json("alerts.json")).rules[0].ended, "a rule is ended");
// Origins and stories parted, and the ruling taken back.
const parts = async () => (await json(`origins/${large}.json`)).origins.length;
const had = await parts();
// The comparison anew may take a moment.
async function becomes(read, wanted) {
  for (let i = 0; i < 50 && !wanted(await read()); i++) await plain.waitForTimeout(100);
  return wanted(await read());
}
await plain.goto(address + `origins/${large}`);
await plain.locator("li:has(input[name=id] ~ input[name=id]) input[name=id]").first().check();
await plain.locator("button[value=apart]").click();
await plain.waitForLoadState();
check(await becomes(parts, (n) => n === had + 1), "an origin is parted");
await plain.goto(address + "rulings");
await plain.locator("tbody button", { hasText: "Undo" }).first().click();
await plain.waitForLoadState();
check(await becomes(parts, (n) => n === had), "and joined again");
const reports = async () => (await json(`story/${large}.json`)).sources.length;
const held = await reports();
await plain.goto(address + `story/${large}`);
await plain.locator("tbody input[name=id]").last().check();
await plain.locator("button[value=apart]").click();
await plain.waitForLoadState();
check(await becomes(reports, (n) => n < held), "a report is parted from its story");
await plain.goto(address + "rulings");
await plain.locator("tbody button", { hasText: "Undo" }).first().click();
await plain.waitForLoadState();
check(await becomes(reports, (n) => n === held), "and is in it again");
await plain.goto(address + "search?q=dam");
await plain.fill("input[name=name]", "Dams");
await plain.locator("button", { hasText: "Keep" }).click();
await plain.goto(address + "search");
await plain.locator(".kept a", { hasText: "Dams" }).click();
check((await plain.locator("mark").count()) > 0, "a kept search is run");
await plain.goto(address + "search");
await plain.locator(".kept button").first().click();
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
