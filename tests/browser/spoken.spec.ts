// What a screen reader finds: the accessibility tree of the shipped page's parts, with one
// environment chosen. To approve what is new: `npx playwright test spoken.spec.ts
// --update-snapshots`, and read spoken/ from the top as it would be heard.

import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

test("the page is told in this order, by these names", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  for (const answer of ["postgres", "docker-compose", "docker"]) await checklist.radio(answer).first().check();
  const step = checklist.steps.filter({ has: checklist.code("pgsql") }).first();
  for (const [name, part] of [
    ["head", page.locator(".uc-head")],
    ["rail", page.locator(".uc-rail")],
    ["environment", page.locator(".uc-environment")],
    ["step", step],
  ] as const) {
    await expect.soft(part).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
  }
});

test("an answer says what it changed, and the page stays where it is", async ({ page }) => {
  const checklist = new Checklist(page);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    await checklist.open();
    for (const answer of ["postgres", "mysql", "kubernetes"]) {
      const radio = checklist.radio(answer).first();
      await radio.evaluate((radio) => radio.scrollIntoView({ block: "center" }));
      const { y } = (await radio.boundingBox())!;
      await radio.check();
      const told = page.getByRole("status").filter({ hasText: /steps? changed/ });
      await expect(told).toBeInViewport({ ratio: 1 });
      expect((await radio.boundingBox())!.y, `${answer} at ${width} px`).toBeCloseTo(y, 0);
    }
  }
});
