// Two reports side by side: choosing what both tell shows the words of both.
(function () {
  'use strict';
  var main = document.getElementById('main');

  function pieces(number) { return Array.prototype.slice.call(main.querySelectorAll('.m[data-pairs~="' + number + '"]')); }

  function clear() { main.querySelectorAll('.on').forEach(function (found) { found.classList.remove('on'); }); }

  function choose(number, from) {
    clear();
    pieces(number).forEach(function (piece) { piece.classList.add('on'); });
    main.querySelectorAll('[data-pair="' + number + '"]').forEach(function (found) { found.classList.add('on'); });
    main.querySelectorAll('.side .text').forEach(function (column) {
      if (from && column.contains(from)) return;
      var first = column.querySelector('.m[data-pairs~="' + number + '"]');
      if (!first) return;
      if (column.scrollHeight > column.clientHeight + 2) {
        column.scrollTop += first.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 3;
        if (!from || !from.closest('.side')) column.scrollIntoView({ block: 'nearest' });
      } else first.scrollIntoView({ block: 'center' });
    });
    window.onrecord.say('Number ' + number + ' is marked in both reports.');
  }

  main.addEventListener('click', function (event) {
    var number = event.target.closest('.n[data-pair]');
    if (number) { event.preventDefault(); choose(number.dataset.pair, number); return; }
    var piece = event.target.closest('.m[data-pairs]');
    if (!piece || !getSelection().isCollapsed) return;
    var there = piece.dataset.pairs.split(' ');
    var now = main.querySelector('.n.on');
    choose(there[(there.indexOf(now ? now.dataset.pair : '') + 1) % there.length], piece);
  });
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') clear(); });
})();
