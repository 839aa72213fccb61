// What axe-core complains of: its rules for WCAG 2.2 A and AA, and those that it calls best practice.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** One line for each complaint. Rules that are left out are looked at elsewhere. */
export async function faults(page: Page, leftOut: string[] = []) {
  const { violations } = await new AxeBuilder({ page }).disableRules(leftOut).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(" ")}`));
}
