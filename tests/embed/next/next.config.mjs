import withMarkdoc from "@markdoc/next.js";

export default withMarkdoc()({ output: "export", pageExtensions: ["js", "md"] });
