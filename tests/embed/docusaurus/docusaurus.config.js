export default {
  title: "A site built by Docusaurus",
  url: "https://docs.example",
  baseUrl: "/",
  themes: ["@docusaurus/theme-classic"],
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  clientModules: ["./src/checklist.js", "./src/checklist.css"],
};
