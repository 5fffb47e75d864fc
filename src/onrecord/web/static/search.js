// Search: names as one types, and a word to screen readers when other results are shown. Without it the form works as it is.
(function () {
  'use strict';
  var waiting, last = '';

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

  function offer(list, names) {
    list.replaceChildren.apply(list, names.map(function (name) {
      var option = document.createElement('option');
      option.value = name;
      return option;
    }));
  }

  document.addEventListener('input', function (event) {
    var name = event.target.getAttribute && event.target.getAttribute('list');
    if (name !== 'actors' && name !== 'publishers') return;
    var begin = event.target.value.trim(), asked = name + ' ' + begin;
    clearTimeout(waiting);
    if (begin.length < 2 || asked === last) return;
    waiting = setTimeout(function () {
      last = asked;
      fetch('/search/names?of=' + (name === 'actors' ? 'actor' : 'publisher') + '&begin=' + encodeURIComponent(begin))
        .then(function (answer) { return answer.ok ? answer.json() : { names: [] }; })
        .then(function (found) { if (asked === last && document.getElementById(name)) offer(document.getElementById(name), found.names); })
        .catch(function () { /* nothing is offered, then */ });
    }, 150);
  });
})();
