// What axe-core complains of: its rules for WCAG 2.2 A and AA, and those that it calls best practice.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** One line for each complaint. Rules that are left out are looked at elsewhere. */
export async function faults(page: Page, leftOut: string[] = []) {
  return complaints(new AxeBuilder({ page }).disableRules(leftOut));
}

/** The same of the only rule that colours can break. */
export async function faultsOfColour(page: Page) {
  return complaints(new AxeBuilder({ page }).withRules("color-contrast"));
}

async function complaints(axe: AxeBuilder) {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(" ")}`));
}
