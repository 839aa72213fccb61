// What TypeScript says of the package where it is used; it is compiled and never run.

import { UpgradeChecklist, type UpgradeProgress } from "upgrade-checklist";
import { checklist } from "upgrade-checklist/markdoc";
import type {} from "upgrade-checklist/react";

export const tags = { checklist };

export const page = (
  <upgrade-checklist guide-id="openmetadata-1.4.0" set-engine="postgres" lock="engine" heading-level={3} theme="dark">
    It is coming.
  </upgrade-checklist>
);

// @ts-expect-error There is no such theme.
export const wrong = <upgrade-checklist theme="blue" />;

document.addEventListener("upgrade-progress", ({ detail }) => {
  const { done, total, notApplicable, percent }: UpgradeProgress = detail;
  console.log(detail.guide, detail.run, done + total + notApplicable + percent);
  // @ts-expect-error Nothing else is told.
  console.log(detail.command);
});

const element = document.createElement("upgrade-checklist");
element.guideId = "openmetadata-1.4.0";
element.addEventListener("upgrade-copy", ({ detail }) => console.log(detail.snippet, detail.copied));
console.log(element instanceof UpgradeChecklist, element.progress?.percent);
// @ts-expect-error The figures are the element's own.
element.progress = null;
