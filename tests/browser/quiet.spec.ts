// The other tests rest on this: what would make the page look broken, or tell someone that it
// is read, is noticed.

import { expect, test } from "./quiet.ts";

test.use({ still: true });

const FAULTS = [
  { fault: "a console error", does: () => console.error("oh"), seen: "console error: oh" },
  { fault: "a page error", does: () => void setTimeout(() => { throw new Error("oh"); }), seen: "page error: Error: oh" },
  { fault: "an inline style", does: () => document.body.setAttribute("style", "color: red"), seen: "policy: style-src-attr" },
  { fault: "a missing file", does: () => void fetch("missing.json"), seen: "404 for " },
  { fault: "a layout shift", does: () => document.body.prepend("oh ".repeat(999)), seen: "layout shift: " },
  { fault: "a request elsewhere", does: () => void fetch("http://elsewhere.invalid/").catch(() => {}), seen: "policy: connect-src" },
];

for (const { fault, does, seen } of FAULTS) {
  test(`${fault} is noticed`, async ({ page, complaints }) => {
    await page.goto("./");
    await page.evaluate(does);
    await expect.poll(() => complaints.some((complaint) => complaint.startsWith(seen)), { message: seen }).toBe(true);
    // They were asked for; and a closed page says nothing more.
    await page.close();
    complaints.length = 0;
  });
}

test("a cookie is noticed", async ({ page }) => {
  test.fail(true, "it is noticed when the test is over");
  await page.goto("./");
  await page.evaluate(() => (document.cookie = "oh=1"));
});
