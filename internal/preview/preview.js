// Shows the page anew when the site has changed. The preview alone adds it, with
// the number of the edition that the page is from.
const events = new EventSource(`/_veiviser/events${new URL(document.currentScript.src).search}`);
events.addEventListener("changed", () => location.reload());
let lost = false;
events.addEventListener("error", () => (lost = true));
events.addEventListener("open", () => lost && location.reload());
