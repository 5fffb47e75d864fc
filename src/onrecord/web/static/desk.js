// What every page has: the switch of theme, the menu on narrow screens, the secret that posts need, and a word to screen readers.
(function () {
  'use strict';
  var root = document.documentElement;

  function dark() {
    return root.dataset.theme === 'dark' || (root.dataset.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) return;
    if (button.classList.contains('theme')) {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('onrecord-theme', root.dataset.theme); } catch (error) { /* for this page only, then */ }
      document.dispatchEvent(new CustomEvent('onrecord:theme', { detail: root.dataset.theme }));
    } else if (button.classList.contains('menu')) {
      button.setAttribute('aria-expanded', button.getAttribute('aria-expanded') === 'true' ? 'false' : 'true');
    }
  });

  document.addEventListener('htmx:configRequest', function (event) {
    var csrf = document.querySelector('meta[name="csrf"]');
    if (csrf && event.detail.verb !== 'get') event.detail.headers['X-CSRF'] = csrf.content;
  });

  // A piece that could not be loaded says so where it would stand.
  function failed(event) {
    var place = event.detail.target || event.target;
    var note = document.createElement('div');
    note.className = 'problem';
    note.setAttribute('role', 'alert');
    note.textContent = 'This could not be loaded. Load the page again, or ask for less.';
    if (place && place.classList && place.classList.contains('loading')) place.replaceWith(note);
    else window.onrecord.say(note.textContent);
  }
  document.addEventListener('htmx:sendError', failed);
  document.addEventListener('htmx:timeout', failed);
  document.addEventListener('htmx:responseError', failed);

  window.onrecord = {
    // Say something to screen readers without moving anybody.
    say: function (text) { document.getElementById('said').textContent = text; },
    dark: dark,
    // The value of a colour of desk.css, for charts.
    colour: function (name) { return getComputedStyle(root).getPropertyValue('--' + name).trim(); }
  };
})();
