// The page starts: under a strict policy, without a complaint, from its own host alone.

import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

test.use({ still: true });

test("the page starts under a strict policy", async ({ page }) => {
  const response = await page.goto("./");
  expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("it works under a policy that allows what it needs and nothing else", async ({ page, baseURL }) => {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  await page.route(baseURL!, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.box(checklist.steps.first()).check();
  await page.reload();
  await checklist.ready();
  await expect(checklist.steps.first()).toHaveAttribute("data-state", "done");
  await page.evaluate(() => navigator.serviceWorker.ready);
});
