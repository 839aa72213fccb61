// A page may come from anywhere. Whatever it says, nothing in it runs and nothing is lost:
// neither in the app, nor in the HTML that the command writes, opened without any policy.

import type { Page } from "@playwright/test";
import { command, show } from "./guides.ts";
import * as hostile from "./hostile.ts";
import { expect, test } from "./quiet.ts";

const { text, words, codes } = hostile.page();

test.use({ advised: true });

test("nothing of a hostile page runs in the app, and all of it is shown", async ({ page, baseURL }) => {
  await anyImage(page);
  const ran = listen(page);
  // A partial that is missing is an error to whoever compiles.
  await show(page, baseURL!, text.replaceAll(/^\{% partial .*$/gm, ""));
  await expect(page.locator("[data-step]").first()).toBeAttached();
  await page.evaluate(() => document.querySelector("upgrade-checklist")!.shadowRoot!.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await judge(page);
  expect(ran).toEqual([]);
});

test("nothing of a hostile page runs in the command's HTML, and all of it is shown", async ({ page, baseURL }) => {
  const body = `<!doctype html><meta charset="utf-8"><title>Hostile</title>${command(text, "html", "{page}")}`;
  // No policy helps here.
  await page.route(baseURL!, (route) => route.fulfill({ body, contentType: "text/html" }));
  await anyImage(page);
  const ran = listen(page);
  await page.goto("./");
  await judge(page);
  expect(ran).toEqual([]);
});

/** Looks at every element and attribute of the page, and for every word of it. */
async function judge(page: Page) {
  const faults = await page.evaluate(() => {
    const elements = /^(upgrade-checklist|noscript|html|head|body|meta|title|link|main|article|section|header|footer|aside|nav|div|span|p|h[1-6]|ul|ol|li|dl|dt|dd|pre|code|samp|blockquote|figure|figcaption|table|thead|tbody|tr|th|td|a|img|strong|em|i|s|sup|kbd|small|br|hr|details|summary|fieldset|legend|label|input|select|option|textarea|button|progress)$/;
    const addresses = ["href", "src", "action", "formaction", "data", "poster", "background", "cite", "xlink:href", "srcset", "ping"];
    const faults: string[] = [];
    const within = document.querySelector("upgrade-checklist")?.shadowRoot?.querySelectorAll("*") ?? [];
    for (const element of [...document.querySelectorAll("*"), ...within]) {
      const name = element.localName;
      const isOwn = name === "script" && element.matches('head > script:is([src="upgrade-checklist.js"], [src="early.js"], [src="register.js"])');
      if (!elements.test(name) && !isOwn) faults.push(`an element ${name}`);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on|^style$|^srcdoc$|^http-equiv$|^target$/i.test(attribute)) faults.push(`${name} has ${attribute}="${value}"`);
        if (!addresses.includes(attribute)) continue;
        const { protocol, host } = new URL(value, document.baseURI);
        const isOfTheWeb = ["http:", "https:", "mailto:", "tel:"].includes(protocol);
        if (!isOfTheWeb) faults.push(`${name} leads to ${value}`);
        if (host !== location.host && !/^https?:|^mailto:|^tel:/i.test(value)) faults.push(`${name} hides a host: ${value}`);
      }
    }
    return faults;
  });
  expect(faults).toEqual([]);
  const shown = await page.evaluate(() => {
    const trees = [document, document.querySelector("upgrade-checklist")?.shadowRoot].filter((tree) => !!tree);
    const images = trees.flatMap((tree) => Array.from(tree.querySelectorAll("img"), (image) => image.alt));
    return [document.body.textContent, ...trees.map((tree) => tree.textContent), ...images].join("\n");
  });
  expect(words.filter((word) => !shown.includes(word))).toEqual([]);
  const code = (await page.locator("pre").allTextContents()).join("\n");
  expect(codes.filter((payload) => !code.includes(payload))).toEqual([]);
}

/** What ran, if anything did. */
function listen(page: Page) {
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("popup", (popup) => ran.push(popup.url()));
  page.on("frameattached", (frame) => ran.push(frame.url()));
  return ran;
}

/** Whatever image of this site a payload names is there. */
async function anyImage(page: Page) {
  const body = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  await page.route(
    (url) => url.pathname !== "/styles/icon.svg",
    (route) =>
      route.request().resourceType() === "image" ? route.fulfill({ body, contentType: "image/svg+xml" }) : route.fallback(),
  );
}
