// Which sides of one thing can be looked at? Each is a page of its own, with an address of its own.
export type Tab = { href: string; text: string; current: boolean; count?: number }

/** `label` says whose tabs these are, for those who hear them: "Juhtum". */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="moj-sub-navigation" aria-label={label}>
      <ul class="moj-sub-navigation__list">
        {tabs.map((tab) => (
          <li class="moj-sub-navigation__item">
            <a class="moj-sub-navigation__link" href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.text}
              {tab.count ? <span class="tv-count tv-count--quiet">{tab.count}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
