/** What the widget says, links to and is told, as far as it needs no page. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { linkByTemplate, placeOf } from "../../web/static/widget/elements.js";
import { allows, filtersOf, menusOf, resultsOf } from "../../web/static/widget/options.js";
import { Speaker } from "../../web/static/widget/texts.js";

/** @param {Record<string, string>} attributes */
const host = (attributes) => ({ getAttribute: (name) => attributes[name] ?? null });

test("a count takes one of the six Arabic forms", () => {
  const speaker = new Speaker("ar");
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100, 1103].map((count) => speaker.count("paragraphs", count)),
    ["لا فقرات", "فقرة واحدة", "فقرتان", "3 فقرات", "11 فقرة", "100 فقرة", "1,103 فقرات"],
  );
});

test("a count stands in the genitive where a preposition comes before it", () => {
  const speaker = new Speaker("ar");
  const some = (/** @type {number} */ count) =>
    speaker.say("some", {
      all: speaker.count("paragraphs", 0),
      others: speaker.count("others", count),
    });
  assert.deepEqual([1, 2, 3, 90].map(some), [
    "لا فقرات، وفي فقرة واحدة بعض الكلمات فقط",
    "لا فقرات، وفي فقرتين بعض الكلمات فقط",
    "لا فقرات، وفي 3 فقرات بعض الكلمات فقط",
    "لا فقرات، وفي 90 فقرة بعض الكلمات فقط",
  ]);
});

test("a count takes one of the two English forms", () => {
  const speaker = new Speaker("en");
  assert.deepEqual(
    [0, 1, 2, 1103].map((count) => speaker.count("paragraphs", count)),
    ["0 paragraphs", "1 paragraph", "2 paragraphs", "1,103 paragraphs"],
  );
});

test("both languages say the same things, with the same places", () => {
  const [arabic, english] = [new Speaker("ar").texts, new Speaker("en").texts];
  assert.deepEqual(Object.keys(english), Object.keys(arabic));
  const places = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const key of Object.keys(arabic)) assert.deepEqual(places(english[key]), places(arabic[key]));
});

test("an address in a link is percent-encoded, but for its slashes", () => {
  const hit = { address: "A/HRC/RES/46/28", fragment: "OP12" };
  assert.equal(linkByTemplate("/r/{address}.html#{fragment}", hit), "/r/A/HRC/RES/46/28.html#OP12");
  const odd = { address: "قرار 5?x=1&y#z", fragment: 'a"b c' };
  assert.equal(
    linkByTemplate("?d={address}#{fragment}", odd),
    "?d=%D9%82%D8%B1%D8%A7%D8%B1%205%3Fx%3D1%26y%23z#a%22b%20c",
  );
  assert.equal(linkByTemplate("/r/{address}#{fragment}", { ...hit, fragment: "" }), "/r/A/HRC/RES/46/28");
  assert.equal(linkByTemplate("{address}", { address: "javascript:alert(1)", fragment: "" }), "javascript%3Aalert(1)");
});

test("what stands in an address is put in as it is, dollar signs too", () => {
  assert.equal(linkByTemplate("{address}", { address: "$&$1", fragment: "" }), "%24%26%241");
});

test("the place of a page is read without percent signs, also where they are wrong", () => {
  assert.equal(placeOf({ address: "%D8%A8/a%20b.html", fragment: "x" }, "../"), "ب/a b.html");
  assert.equal(placeOf({ address: "%FF.html", fragment: "x" }, "../"), "%FF.html");
  assert.equal(placeOf({ address: "A/RES/1", fragment: "OP1" }, undefined), "A/RES/1#OP1");
});

test("restrictions are read from the attributes, and nonsense is none", () => {
  assert.deepEqual(filtersOf(host({ organ: "HRC, GA", session: " ", year: "2019.." })), {
    organ: ["HRC", "GA"],
    year: [2019, 9999],
  });
  assert.deepEqual(filtersOf(host({ year: "2036" })), { year: [2036, 2036] });
  assert.deepEqual(filtersOf(host({ year: "..2021" })), { year: [0, 2021] });
  assert.deepEqual(filtersOf(host({ year: "soon" })), {});
  assert.deepEqual(filtersOf(host({})), {});
});

test("menus are those that there are, in the order of the site, each once", () => {
  assert.deepEqual(menusOf(host({ menus: "year, organ nonsense year" })), ["year", "organ"]);
  assert.deepEqual(menusOf(host({ menus: "" })), []);
  assert.deepEqual(menusOf(host({})), []);
});

test("a visitor chooses within what the site restricts", () => {
  const fixed = { organ: ["HRC", "GA"], year: [2019, 2021] };
  assert.equal(allows(fixed, "organ", "GA"), true);
  assert.equal(allows(fixed, "organ", "SC"), false);
  assert.equal(allows(fixed, "year", "2021"), true);
  assert.equal(allows(fixed, "year", "2022"), false);
  assert.equal(allows(fixed, "year", "soon"), false);
  assert.equal(allows(fixed, "kind", "operative"), true);
});

test("the number of completions takes one of the six Arabic forms", () => {
  const speaker = new Speaker("ar");
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map((count) => speaker.count("completed", count)),
    ["لا اقتراحات", "اقتراح واحد", "اقتراحان", "3 اقتراحات", "11 اقتراحاً", "100 اقتراح"],
  );
});

test("the number of results has its bounds", () => {
  const asked = ["", "5", "0", "-3", "many", "100000"].map((results) => resultsOf(host({ results })));
  assert.deepEqual(asked, [10, 5, 10, 1, 10, 100]);
});
