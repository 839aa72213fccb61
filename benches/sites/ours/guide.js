// Our element with a guide that the bench serves at `?guide=ADDRESS`.

const element = document.createElement("upgrade-checklist");
element.setAttribute("guides", new URLSearchParams(location.search).get("guide"));
element.setAttribute("loading", "eager");
document.querySelector("main").append(element);
