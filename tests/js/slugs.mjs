// Print the link to each address that comes in, one JSON string a line, as the site's script makes it.

import { readFileSync } from "node:fs";

const search = { dataset: { documents: "" } };
globalThis.document = { querySelectorAll: () => [search] };
await import("../../web/static/hit-links.js");

for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const [address, fragment] = JSON.parse(line);
  console.log(JSON.stringify(search.linkOf({ address, fragment })));
}
