// The element as a tag of Markdoc, for a site's own tags:
//
//   export { checklist } from "upgrade-checklist/markdoc";
//
// and then, in a page:
//
//   {% checklist guide-id="openmetadata-1.4.0" set={engine: "postgres"} /%}
//
// What the tag holds is shown until the checklist is.

export const checklist = {
  description: "An interactive upgrade checklist",
  attributes: {
    "guide-id": { type: String },
    run: { type: String },
    src: { type: String },
    guides: { type: String },
    base: { type: String },
    lang: { type: String },
    theme: { type: String, matches: ["light", "dark", "auto"] },
    "heading-level": { type: Number },
    storage: { type: String, matches: ["local", "session", "none"] },
    "url-state": { type: String, matches: ["none", "hash"] },
    loading: { type: String, matches: ["lazy", "eager"] },
    // All answers, or the names of those inputs.
    lock: { type: [Boolean, String] },
    // Answers by the names of their inputs: the attributes set-NAME.
    set: { type: Object },
  },
  transform(node, config) {
    const { set, lock, ...attributes } = node.transformAttributes(config);
    for (const [name, answer] of Object.entries(set ?? {})) {
      // What a page's variable does not say is no answer.
      if (answer !== undefined && answer !== null) attributes[`set-${name}`] = String(answer);
    }
    if (lock || lock === "") attributes.lock = lock === true ? "" : lock;
    // What Markdoc's own Tag is; a class of its own would need one copy of Markdoc for both.
    return { $$mdtype: "Tag", name: "upgrade-checklist", attributes, children: node.transformChildren(config) };
  },
};
