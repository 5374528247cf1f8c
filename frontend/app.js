// What every page loads: htmx for partial pages and small modules for keys, the side panel, menus, forms and ticks.
import htmx from "htmx.org";
import "./pages/has_script.js";
import "./pages/keys.js";
import "./pages/panel.js";
import "./pages/menus.js";
import "./pages/forms.js";
import "./pages/ticks.js";
import "./pages/copy.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // personal data must not stay in the browser's storage after signing out

// Django wants its token on every write; htmx sends what the page carries in <meta name="csrf-token">.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

window.htmx = htmx;
