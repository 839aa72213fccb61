export { checklist } from "upgrade-checklist/markdoc";
