// Shows the page anew when the site has changed. The preview alone adds it.
const events = new EventSource("/_veiviser/events");
events.addEventListener("changed", () => location.reload());
let lost = false;
events.addEventListener("error", () => (lost = true));
events.addEventListener("open", () => lost && location.reload());
