// The checklist as its readers and its embedders know it: by the names that the page promises
// (`data-step`, `data-state`, `data-snippet`, `data-language`) and by what is read aloud.

import { expect, type Locator, type Page } from "@playwright/test";

/** The steps that the original page has, by what each is called. */
export const TITLES = [
  "Metadata Backup & Restore",
  "Metadata Docker CLI",
  "bootstrap_storage.sh",
  "Activity Feed",
  "Lineage",
  "View Definition",
  "Glossary",
  "Classifications",
  "View Definition",
  "Bulk Import",
  "Test Suites",
  // What disturbs those who use the server comes after what can be read by day.
  "Backup your Metadata",
  "Update sort_buffer_size (MySQL) or work_mem (Postgres)",
];

export class Checklist {
  readonly steps: Locator;
  readonly snippets: Locator;
  readonly progress: Locator;

  constructor(readonly page: Page) {
    this.steps = page.locator("[data-step]");
    this.snippets = page.locator("figure[data-snippet]");
    this.progress = page.locator("progress");
  }

  /** Opens the page and waits until it can be used. */
  async open() {
    await this.page.goto("./");
    await this.ready();
  }

  /** Waits until the checklist itself stands in its element. */
  async ready() {
    const element = this.page.locator("upgrade-checklist").first();
    const isWhole = (element: Element) =>
      element.matches(":state(ready)") &&
      // For a frame what was drawn beforehand is there as well.
      !element.querySelector(":scope > .uc") &&
      // What is out of sight follows.
      !element.shadowRoot!.querySelector("[data-far], .uc-variant__body:empty");
    await expect.poll(() => element.evaluate(isWhole)).toBe(true);
  }

  /** Opens every fold, as a reader who wants to see all does. */
  async unfold() {
    await this.page.locator("details").evaluateAll((folds: HTMLDetailsElement[]) => folds.forEach((fold) => (fold.open = true)));
  }

  step(id: string) {
    return this.page.locator(`[data-step="${id}"]`);
  }

  async idOf(step: Locator) {
    const id = await step.getAttribute("data-step");
    expect(id).toBeTruthy();
    return id!;
  }

  box(step: Locator) {
    return step.getByRole("checkbox").first();
  }

  /** The radio for a value of an input, such as `engine` and `postgres`. */
  radio(value: string) {
    return this.page.locator(`fieldset input[type=radio][value="${value}"]`);
  }

  /** The field for a value that stands in commands, such as `user`. */
  field(name: string) {
    return this.page.locator(`input[name$="-${name}"]:not([type=radio])`);
  }

  code(language: string) {
    return this.page.locator(`figure[data-snippet] code[data-language="${language}"]`);
  }
}
