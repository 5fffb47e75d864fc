// Before anything is painted: the theme that was chosen on an earlier page. Stored in this browser only.
(function () {
  'use strict';
  try {
    var chosen = localStorage.getItem('onrecord-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch (error) { /* storage is forbidden: the system's own theme holds */ }
})();
