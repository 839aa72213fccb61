// The text of every style, where it stands in the page itself.

export default () => document.getElementById("styles").textContent;
