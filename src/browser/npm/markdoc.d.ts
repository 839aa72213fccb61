// No type of Markdoc's own, so that a site without Markdoc needs none.

/** A tag of Markdoc that draws `<upgrade-checklist>`, for a site's own tags. */
export const checklist: {
  description: string;
  attributes: Record<string, { type: unknown; matches?: string[] }>;
  transform(node: any, config: any): any;
};
