// The reader: choosing a record shows its words and roles, choosing words shows the records they belong to. Knows no offsets: the server cut the text.
(function () {
  'use strict';
  var reader = document.querySelector('.reader');
  if (!reader) return;
  var text = reader.querySelector('.text');
  var items = Array.prototype.slice.call(reader.querySelectorAll('.item'));
  var byNumber = {}, pieces = {}, roles = {};
  var chosen = null, cameFrom = null;
  var NARROW = 960; // as in reader.css

  items.forEach(function (item) { byNumber[item.dataset.n] = item; });
  text.querySelectorAll('.m').forEach(function (piece) {
    (piece.dataset.in || '').split(' ').forEach(function (n) { if (n) (pieces[n] = pieces[n] || []).push(piece); });
    (piece.dataset.as || '').split(' ').forEach(function (as) {
      var at = as.indexOf(':');
      if (at > 0) (roles[as.slice(0, at)] = roles[as.slice(0, at)] || []).push([piece, as.slice(at + 1)]);
    });
  });

  function clear() {
    text.querySelectorAll('.m.on, .m.is').forEach(function (piece) {
      piece.className = piece.className.replace(/ (on|is|speaker|cue|content|addressee|actor|recipient|trigger|holder|target|subject|object|via|place|time)(?= |$)/g, '');
      delete piece.dataset.role;
      delete piece.dataset.is;
    });
    reader.querySelectorAll('.item.on, .item.near, .n.on').forEach(function (found) { found.classList.remove('on', 'near'); found.removeAttribute('aria-current'); });
    reader.classList.remove('picked');
    chosen = null;
  }

  function choose(item, options) {
    options = options || {};
    clear();
    var n = item.dataset.n;
    chosen = item;
    reader.classList.add('picked');
    item.classList.add('on');
    item.setAttribute('aria-current', 'true');
    (pieces[n] || []).forEach(function (piece) { piece.classList.add('on'); });
    (roles[n] || []).forEach(function (pair) { name(pair[0], pair[1]); });
    var mark = document.getElementById('w-' + item.id.slice(2));
    if (mark) mark.classList.add('on');
    var details = item.querySelector('details');
    if (details) details.open = true;
    if (options.words) showWords(pieces[n] || (mark ? [mark] : []));
    if (innerWidth > NARROW) item.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    if (options.keep !== false) history.replaceState(null, '', '#' + item.id);
    if (options.focus) item.querySelector('summary').focus({ preventScroll: true });
    window.onrecord.say('Record ' + n + ' of this report: ' + item.querySelector('.gist').textContent.replace(/\s+/g, ' '));
  }

  // A role is named where it begins; of several roles of the same words the last given, the innermost, is shown.
  function name(piece, role) {
    var before = piece.previousElementSibling;
    while (before && before.classList.contains('n')) before = before.previousElementSibling;
    if (piece.dataset.is) piece.classList.remove(piece.dataset.is);
    piece.classList.add('is', role);
    piece.dataset.is = role;
    if (!before || before.dataset.is !== role) piece.dataset.role = role;
    else delete piece.dataset.role;
  }

  // Into sight where they are not; on a narrow screen the record lies over the lower half.
  function showWords(words) {
    if (!words.length) return;
    var narrow = innerWidth <= NARROW;
    var top = words[0].getBoundingClientRect().top, bottom = words[words.length - 1].getBoundingClientRect().bottom;
    if (top >= 0 && bottom <= innerHeight * (narrow ? 0.5 : 1)) return;
    words[0].scrollIntoView({ block: narrow ? 'start' : 'center', behavior: 'instant' });
  }

  function leave() {
    clear();
    history.replaceState(null, '', location.pathname + location.search);
    if (cameFrom) cameFrom.focus({ preventScroll: true });
    cameFrom = null;
  }

  function visible() { return items.filter(function (item) { return item.offsetParent !== null || item === chosen; }); }

  function step(by) {
    var there = visible();
    var at = there.indexOf(chosen);
    var next = there[at < 0 ? (by > 0 ? 0 : there.length - 1) : at + by];
    if (next) choose(next, { words: true });
    else window.onrecord.say(by > 0 ? 'That is the last record here.' : 'That is the first record here.');
  }

  text.addEventListener('click', function (event) {
    var number = event.target.closest('.n');
    if (number) {
      event.preventDefault();
      cameFrom = number;
      choose(byNumber[number.dataset.n], { focus: true });
      return;
    }
    var piece = event.target.closest('.m');
    if (!piece || !piece.dataset.in || !getSelection().isCollapsed) return;
    var here = piece.dataset.in.split(' ').map(function (n) { return byNumber[n]; }).filter(function (item) { return item && visible().indexOf(item) >= 0; });
    if (!here.length) return;
    var next = here[(here.indexOf(chosen) + 1) % here.length]; // the same words once more: the next record around them
    choose(next, { words: innerWidth <= NARROW });
    here.forEach(function (item) { if (item !== next) item.classList.add('near'); });
  });

  reader.addEventListener('click', function (event) {
    var target = event.target;
    if (target.closest('.close')) { leave(); return; }
    var kind = target.closest('button[data-hides]');
    if (kind) {
      var shown = kind.getAttribute('aria-pressed') === 'true';
      kind.setAttribute('aria-pressed', shown ? 'false' : 'true');
      reader.classList.toggle('without-' + kind.dataset.hides, shown);
      return;
    }
    var item = target.closest('.item');
    if (!item) return;
    var back = target.closest('.back');
    if (back) { event.preventDefault(); choose(item, { words: true }); return; }
    if (target.closest('a, button, summary, input') || item === chosen) return;
    choose(item, { words: true });
  });

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === 'j' || event.key === 'n') step(1);
    else if (event.key === 'k' || event.key === 'p') step(-1);
    else if (event.key === 'Escape' && chosen) leave();
    else return;
    event.preventDefault();
  });

  function fromAddress() {
    var id = decodeURIComponent(location.hash.slice(1));
    if (!/^[rw]-[0-9a-f]+$/.test(id)) return;
    var item = document.getElementById('r-' + id.slice(2));
    if (item && item.classList.contains('item')) choose(item, { words: true, keep: false });
    else location.replace('/records/' + id.slice(2)); // in another part of a long report
  }
  addEventListener('hashchange', fromAddress);
  fromAddress();
})();
