// The JSON Schema that ships says what the program reads: it takes every stored text that is
// read without damage, no other, and the file that the page saves.

import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync, readdirSync } from "node:fs";
import { Checklist } from "./checklist.ts";
import { expect, test } from "./quiet.ts";

const STORED = "../data/saved";
// What comes of a text that is no run, and of one that is damaged in part.
const REFUSED = /^(damaged: |The |What )/;

const schema = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync("../../dist/run.schema.json", "utf8")));

test("it takes what is read without damage, and nothing else", () => {
  // A schema cannot say how deep a text may nest.
  const names = readdirSync(STORED).filter((name) => name.endsWith(".json") && name !== "nested-too-deep.json");
  expect(names.length).toBeGreaterThanOrEqual(20);
  for (const name of names) {
    const outcome = readFileSync(`${STORED}/${name.replace(/json$/, "txt")}`, "utf8");
    // To be of another guide is no fault of a file.
    const isRun = !REFUSED.test(outcome) || outcome.includes("belongs to another checklist");
    expect(isValid(readFileSync(`${STORED}/${name}`, "utf8").replace(/^\ufeff/, "")), name).toBe(isRun);
  }
});

test("it takes the file that the page saves", async ({ page }) => {
  const checklist = new Checklist(page);
  await checklist.open();
  await checklist.radio("postgres").check();
  await checklist.box(checklist.steps.first()).check();
  await page.locator(".uc-runs__line").click();
  await page.getByLabel("Name of this run").fill("staging");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  schema(JSON.parse(readFileSync(await download.path(), "utf8")));
  expect(schema.errors).toBeNull();
});

function isValid(text: string) {
  try {
    return schema(JSON.parse(text));
  } catch {
    return false;
  }
}
