// For JSX in React 19: `import type {} from "upgrade-checklist/react";`

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { UpgradeChecklist, UpgradeChecklistAttributes } from "./upgrade-checklist.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "upgrade-checklist": DetailedHTMLProps<HTMLAttributes<UpgradeChecklist>, UpgradeChecklist> &
        UpgradeChecklistAttributes;
    }
  }
}
