// The page starts: under a strict policy, without a complaint, from its own host alone.

import { expect, test } from "./quiet.ts";

test("the page starts under a strict policy", async ({ page }) => {
  const response = await page.goto("./");
  expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
