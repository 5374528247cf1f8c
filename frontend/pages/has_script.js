// Tells the style sheet that scripts run here: what works only with them is shown, what they replace is hidden.
document.documentElement.classList.add("has-script");
