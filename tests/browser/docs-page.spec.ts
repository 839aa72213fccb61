// A page of the documentation, as it is: its tags are drawn, its links lead where they mean,
// and a page without steps is a page to read.

import { caseOf, show } from "./guides.ts";
import { expect, test } from "./quiet.ts";

const docs = "id: docs\n";
const tags = caseOf("view/docs_tags.md").replace("---\n", `---\n${docs}`).replace(/^base: .*\n/m, "");
// What is missing is an error to whoever compiles.
const text = caseOf("view/a_page_that_only_reads.md").replace("---\n", `---\n${docs}`).replace(/^\{% partial .*$/m, "");

// They hold addresses that lead nowhere, on purpose.
test.use({ advised: true });

test.beforeEach(async ({ page }) => {
  // The docs site's pictures are not here.
  const body = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="300"><rect width="640" height="300"/></svg>';
  await page.route(/\.png$/, (route) => route.fulfill({ body, contentType: "image/svg+xml" }));
});

test("a link within the page leads to its step, by the ids of the docs site and of GitHub", async ({ page, baseURL }) => {
  await show(page, baseURL!, tags);
  for (const [words, step] of [["the file", "connect/configure-it"], ["the look", "connect/look-at-it"]] as const) {
    await page.getByRole("link", { name: words }).click();
    await expect(page.locator(`[data-step="${step}"]`)).toBeInViewport();
  }
});

test("the numbers in a code's margin are no part of it", async ({ page, baseURL }) => {
  await show(page, baseURL!, tags);
  const file = page.locator("figure[data-snippet]", { hasText: "shop.yaml" });
  await expect(file.locator("[data-number]")).toHaveCount(2);
  const code = "source:\n  host: shop.example.org\n  port: 443\n  retries: 3";
  expect(await file.locator("code").textContent()).toBe(code);
  expect(await file.locator("code").evaluate((code: HTMLElement) => code.innerText)).toBe(code);
  // Whatever the line is set in by, in case it goes on in the next one.
  const mark = file.locator("[data-number]").first();
  expect(await mark.evaluate((mark) => getComputedStyle(mark, "::before").textIndent)).toBe("0px");
});

test("the embedder says where the page's own links lead", async ({ page, baseURL }) => {
  await show(page, baseURL!, text.replace(/^base: .*\n/m, "").replace(/!\[.*?\]\(.*?\)/, ""), 'base="https://docs.example.org/v2"');
  await expect(page.getByRole("link", { name: "the hours" })).toHaveAttribute("href", "https://docs.example.org/v2/hours");
});

test("a page without steps is a page to read", async ({ page, baseURL }) => {
  await show(page, baseURL!, text.replace(/^base: .*\n/m, ""));
  await expect(page.getByRole("heading", { name: "About the shop" })).toBeVisible();
  await expect(page.locator("progress")).toHaveCount(0);
  await expect(page.getByText("Start over")).toHaveCount(0);
  await expect(page.getByRole("note")).toContainText("Come early.");
});
