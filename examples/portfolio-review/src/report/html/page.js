'use strict';
(() => {
  const root = document.documentElement;
  const make = (tag, set) => Object.assign(document.createElement(tag), set);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  // A text that the script adds, in both languages like every other.
  const words = (zh, en) => [
    make('span', { className: 'zh', lang: 'zh-CN', textContent: zh }),
    make('span', { className: 'en', lang: 'en', textContent: en }),
  ];
  const language = () => root.dataset.lang;

  // Language.
  const switches = all('input[name=lang]');
  const speak = () => {
    const lang = switches.find((one) => one.checked).value;
    root.dataset.lang = lang;
    root.lang = lang === 'zh' ? 'zh-CN' : 'en';
    const title = document.querySelector('title');
    document.title = title.dataset[lang];
    for (const field of all('input.filter')) field.placeholder = field.dataset[lang];
    for (const field of all('input.filter')) field.setAttribute('aria-label', field.dataset[lang]);
  };

  // Sorting. Numbers are compared exactly: a decimal becomes a whole number of 10⁻²⁸.
  const exact = (text) => {
    const [, minus, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    const number = BigInt(whole + fraction.padEnd(28, '0'));
    return minus ? -number : number;
  };
  const key = (cell, numbers) => {
    if (!cell || cell.querySelector('.absent')) return null;
    if (!numbers) {
      const own = cell.querySelector('.' + language());
      return (own || cell).textContent.trim() || null;
    }
    const held = cell.querySelector('data, time');
    if (!held) return null;
    return exact(held.tagName.toLowerCase() === 'time' ? held.dateTime.replace(/-/g, '') : held.value);
  };
  const sort = (table, at, heading) => {
    const numbers = heading.dataset.sort === 'number';
    const before = heading.getAttribute('aria-sort');
    const down = before === 'none' ? numbers : before === 'ascending';
    const collator = new Intl.Collator(language() === 'zh' ? 'zh-CN' : 'en', { numeric: true });
    const compare = numbers ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => collator.compare(a, b);
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [key(row.cells[at], numbers), row]);
    rows.sort(([a], [b]) => {
      // What is absent comes last in both directions.
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
      return down ? compare(b, a) : compare(a, b);
    });
    body.append(...rows.map(([, row]) => row));
    for (const one of all('th[aria-sort]', table.tHead)) one.setAttribute('aria-sort', 'none');
    heading.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  };
  for (const table of all('table.sortable')) {
    Array.from(table.tHead.rows[0].cells).forEach((heading, at) => {
      const button = make('button', { type: 'button', className: 'sort' });
      button.append(...heading.childNodes);
      button.addEventListener('click', () => sort(table, at, heading));
      heading.append(button);
      heading.setAttribute('aria-sort', 'none');
    });
  }

  // Filter, for tables that are too long to look through.
  for (const table of all('.table table.sortable')) {
    const rows = Array.from(table.tBodies[0].rows);
    if (rows.length <= 15) continue;
    const field = make('input', { type: 'search', className: 'filter' });
    field.dataset.zh = '筛选本表已列出的行';
    field.dataset.en = 'Filter the rows listed here';
    const told = make('output', { className: 'told' });
    const tell = (count) => told.replaceChildren(...(count === rows.length
      ? words(`列出 ${rows.length} 行`, `${rows.length} rows listed`)
      : words(`列出 ${rows.length} 行，显示 ${count} 行`, `${count} of ${rows.length} rows listed`)));
    field.addEventListener('input', () => {
      const wanted = field.value.trim().toLowerCase();
      let count = 0;
      for (const row of rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) count += 1;
      }
      tell(count);
      if (table.tFoot) table.tFoot.hidden = wanted !== '';
    });
    tell(rows.length);
    const line = make('p', { className: 'filtering' });
    line.append(field, told);
    table.closest('.scroll').before(line);
  }

  // The rows behind a number.
  const show = (hash) => {
    const panel = hash.startsWith('#r-') ? document.getElementById(hash.slice(1)) : null;
    if (panel && !panel.open && panel.showModal) panel.showModal();
    return panel;
  };
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('a.open');
    if (opener && show(opener.getAttribute('href'))) event.preventDefault();
    const closer = event.target.closest('a.close');
    // A click beside the rows closes them too.
    const panel = closer ? closer.closest('dialog') : event.target.matches('dialog[open]') ? event.target : null;
    if (panel && panel.open) {
      panel.close();
      event.preventDefault();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.target.matches('a.close')) {
      event.preventDefault();
      event.target.click();
    }
  });

  // On paper nothing can be unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const one of folded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });

  for (const one of switches) one.addEventListener('change', speak);
  speak();
  root.classList.add('scripted');
  show(location.hash);
})();
