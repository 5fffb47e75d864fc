// What the timeline, the network and the map share: getting data, saying how it stands, tables, dates, numbers.
(function () {
  'use strict';
  var GIVE_UP = 900;  // times that an answer which is being worked out is asked for
  var DAY = 86400000;

  // Ask for data until it is there; again: called each time that it is still being worked out, with how it stands. An older question of one
  // place is given up.
  var asking = new WeakMap();
  function get(place, url, again) {
    if (asking.has(place)) asking.get(place).abort();
    var stop = new AbortController();
    asking.set(place, stop);
    var tries = 0;
    function ask() {
      return fetch(url, { signal: stop.signal, headers: { Accept: 'application/json' } }).then(function (answer) {
        if (answer.status === 202 && tries++ < GIVE_UP) {
          var pause = 1000 * (Number(answer.headers.get('Retry-After')) || 2);
          return answer.json().then(function (waiting) {
            if (again) again(stands(waiting));
            return new Promise(function (go) { setTimeout(go, pause); });
          }).then(ask);
        }
        if (answer.ok && answer.status !== 202) return answer.json();
        var error = new Error(String(answer.status));
        if (!(answer.headers.get('Content-Type') || '').includes('problem+json')) throw error;
        return answer.json().then(function (problem) { error.problem = problem; throw error; });
      });
    }
    return ask();
  }

  // How an answer stands that is not there yet.
  function stands(waiting) {
    if (waiting.before) return waiting.before + (waiting.before === 1 ? ' other comes' : ' others come') + ' before it.';
    return waiting.since ? 'Begun at ' + waiting.since.slice(11, 16) + ' UTC.' : '';
  }

  // Say in a stage what is going on: kind is loading, empty or problem.
  function tell(stage, kind, text, hint) {
    stage.querySelectorAll(':scope > .loading, :scope > .empty, :scope > .problem').forEach(function (old) { old.remove(); });
    stage.setAttribute('aria-busy', kind === 'loading' ? 'true' : 'false');
    if (!kind) return;
    var note = make('div', kind === 'loading' ? 'loading' : kind, kind === 'loading' ? '' : text);
    note.setAttribute('role', kind === 'problem' ? 'alert' : 'status');
    if (kind === 'loading') {
      note.append(make('span', 'turning', ''), make('span', 'doing', text));
    } else if (hint) note.append(make('p', 'hint', hint));
    stage.append(note);
  }

  function failed(stage, error) {
    if (error.name === 'AbortError') return;
    var problem = error.problem || {};
    tell(stage, 'problem', problem.detail || 'This could not be loaded.', problem.hint || 'Load the page again, or ask for less.');
    stage.querySelector(':scope > .problem').append(link(location.href, 'Ask again'));
  }

  function make(tag, name, text) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined && text !== '') element.textContent = text;
    return element;
  }

  function link(href, text) {
    var a = make('a', '', text);
    a.href = href;
    return a;
  }

  // A table of these rows; a cell is a text, a number or an element.
  function table(caption, heads, rows) {
    var made = make('table', 'figures'), top = make('tr');
    made.append(make('caption', '', caption));
    heads.forEach(function (head) { var th = make('th', '', head); th.scope = 'col'; top.append(th); });
    var thead = make('thead'); thead.append(top); made.append(thead);
    var body = make('tbody');
    rows.forEach(function (row) {
      var tr = make('tr');
      row.forEach(function (cell) {
        var td = make('td', typeof cell === 'number' ? 'number' : '', cell instanceof Node || cell === null ? '' : typeof cell === 'number' ? number(cell) : cell);
        if (cell instanceof Node) td.append(cell);
        tr.append(td);
      });
      body.append(tr);
    });
    made.append(body);
    return made;
  }

  function number(value) {
    return Math.round(value) === value ? String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') : String(Math.round(value * 100) / 100);
  }

  function many(count, one, more) { return number(count) + '\u00a0' + (count === 1 ? one : more || one + 's'); }

  // An address with parameters; those that say nothing are left out.
  function address(path, fields) {
    var query = new URLSearchParams();
    Object.keys(fields).forEach(function (name) { if (fields[name]) query.set(name, fields[name]); });
    return path + (String(query) ? '?' + query : '');
  }

  // Days as milliseconds of UTC, and back. A month or a year begins with its first day and ends with its last.
  function begins(text) {
    var m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text || '');
    return m ? stamp(+m[1], +(m[2] || 1) - 1, +(m[3] || 1)) : NaN;
  }
  function ends(text) {
    var m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text || '');
    if (!m) return NaN;
    return (m[3] ? stamp(+m[1], +m[2] - 1, +m[3]) : m[2] ? stamp(+m[1], +m[2], 0) : stamp(+m[1], 11, 31)) + DAY - 1;
  }
  function stamp(year, month, day) { var d = new Date(0); d.setUTCFullYear(year, month, day); return d.getTime(); }
  function day(time) { return new Date(time).toISOString().slice(0, 10); }

  // Drawn anew whenever colours change: another theme, or paper.
  function whenColoursChange(paint) {
    document.addEventListener('onrecord:theme', paint);
    ['(prefers-color-scheme: dark)', 'print'].forEach(function (query) { matchMedia(query).addEventListener('change', paint); });
  }

  window.charts = {
    get: get, tell: tell, failed: failed, make: make, link: link, table: table, number: number, many: many, address: address,
    begins: begins, ends: ends, day: day, whenColoursChange: whenColoursChange
  };
})();
