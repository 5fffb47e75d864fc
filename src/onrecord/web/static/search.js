// Search: names as one types, and a word to screen readers when other results are shown. Without it the form works as it is.
(function () {
  'use strict';
  var asking;

  // Fields that say nothing stay out of the address.
  document.addEventListener('htmx:configRequest', function (event) {
    if (!event.target.matches || !event.target.matches('form.search')) return;
    var sent = event.detail.parameters;
    Object.keys(sent).forEach(function (name) { if (sent[name] === '') delete sent[name]; });
  });

  document.addEventListener('htmx:afterSettle', function () {
    var count = document.getElementById('count');
    if (count && window.onrecord) window.onrecord.say(count.textContent);
  });
})();
