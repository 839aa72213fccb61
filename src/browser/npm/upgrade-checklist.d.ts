/** Which run of which guide an event is about. */
export interface UpgradeRun {
  /** The guide's id. */
  guide: string;
  /** The run's name. */
  run: string;
}

/** How a step stands. */
export type UpgradeStepState = "todo" | "done" | "not-applicable" | "changed";

export interface UpgradeStepChange extends UpgradeRun {
  /** The step's id. */
  step: string;
  state: UpgradeStepState;
}

export interface UpgradeEnvironmentChange extends UpgradeRun {
  /** Every answer, by the name of its input. */
  environment: Record<string, string>;
}

/** How a run stands: told once after it is ready, and whenever a figure is another. */
export interface UpgradeProgress extends UpgradeRun {
  /** Steps that are done. One that changed since is open again. */
  done: number;
  /** All steps that count, `notApplicable` included: an optional one does once its reader decided
   * about it. */
  total: number;
  /** Steps of which the reader said that they do not apply. */
  notApplicable: number;
  /** `done` in 100 of `total - notApplicable`, rounded down, and so 100 only where none is open. */
  percent: number;
}

export interface UpgradeCopy extends UpgradeRun {
  /** The id of the command. Its text is not told, as it holds the reader's values. */
  snippet: string;
  /** Whether the browser let it be copied. */
  copied: boolean;
}

export interface UpgradeStorageError extends UpgradeRun {
  /** What the reader is told. */
  message: string;
}

export interface UpgradeError {
  /** What the reader is told. */
  message: string;
}

/** What the element tells; every event bubbles and leaves shadow trees. */
export interface UpgradeChecklistEventMap {
  "upgrade-ready": CustomEvent<UpgradeRun>;
  "upgrade-step-change": CustomEvent<UpgradeStepChange>;
  "upgrade-environment-change": CustomEvent<UpgradeEnvironmentChange>;
  "upgrade-progress": CustomEvent<UpgradeProgress>;
  "upgrade-copy": CustomEvent<UpgradeCopy>;
  "upgrade-storage-error": CustomEvent<UpgradeStorageError>;
  "upgrade-error": CustomEvent<UpgradeError>;
}

/** What the element is told, as it stands in HTML. */
export interface UpgradeChecklistAttributes {
  /** Which guide; the newest one if it is not said. */
  "guide-id"?: string;
  /** The name of the run; if it is not said the one last shown, at first `default`. */
  run?: string;
  /** Light or dark, or `auto`: as the reader's system. Without it, as `color-scheme` is around it. */
  theme?: "light" | "dark" | "auto";
  /** The level of the title, 1 to 6; 2 if it is not said. */
  "heading-level"?: string | number;
  /** What keeps the run; `local` if it is not said. */
  storage?: "local" | "session" | "none";
  /** With `hash`, readers are offered links to the page that carry their answers, and answers are
   * taken from such a link. The address itself never follows what is answered. */
  "url-state"?: "none" | "hash";
  /** Keeps the answers of `set-NAME` from being changed: all, or those of the inputs named. */
  lock?: string | boolean;
  /** `eager` loads at once; otherwise it waits until the element is near the screen. */
  loading?: "eager" | "lazy";
  /** The addresses of Markdown pages to show, separated by blanks. */
  src?: string;
  /** The address of guides that `upgrade-checklist compile` wrote. */
  guides?: string;
  /** The site that the page's own links lead to. */
  base?: string;
  /** Answers the input NAME. */
  [preset: `set-${string}`]: string | number;
}

/** The element `<upgrade-checklist>`. Properties are its attributes, as text. */
export class UpgradeChecklist extends HTMLElement {
  guideId: string | null;
  run: string | null;
  theme: string | null;
  headingLevel: string | null;
  storage: string | null;
  urlState: string | null;
  lock: string | null;
  loading: string | null;
  src: string | null;
  guides: string | null;
  base: string | null;
  /** The figures of the last `upgrade-progress`; null until there was one. */
  readonly progress: UpgradeProgress | null;

  addEventListener<K extends keyof UpgradeChecklistEventMap>(
    type: K,
    listener: (this: UpgradeChecklist, event: UpgradeChecklistEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "upgrade-checklist": UpgradeChecklist;
  }
  // They bubble, so documents and windows hear them as well.
  interface GlobalEventHandlersEventMap extends UpgradeChecklistEventMap {}
}
