// When does what is open close again: a menu of the header, the meaning of a figure?

/** A `<details>` menu opens and closes by itself; this closes it as people expect: Escape, or a press elsewhere. */
export function closeMenusOutside() {
  const open = () => document.querySelectorAll<HTMLDetailsElement>('.tv-menu[open]')
  document.addEventListener('click', (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of open()) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  })
}

/** The meaning of a figure covers what is below it, so Escape must be able to take it away until the pointer has left. */
export function closeMeanings() {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const figure of document.querySelectorAll('.tv-figure')) figure.classList.add('tv-figure--closed')
  })
  for (const kind of ['pointerover', 'focusin']) {
    document.addEventListener(kind, (event) => {
      for (const figure of document.querySelectorAll('.tv-figure--closed')) {
        if (!figure.contains(event.target as Node)) figure.classList.remove('tv-figure--closed')
      }
    })
  }
}
