// What waits for me today, the most urgent first?
import type { Child } from 'hono/jsx'
import { Mark, type TagKind } from './tag.tsx'

export type Task = {
  /** `danger`: somebody may be hurt · `attention`: late or soon late · `wait`: somebody waits for me · `neutral`: when there is time. */
  kind: TagKind
  /** Stands before the sentence: 3 + "vajadust ilma tugiisikuta". */
  count?: number
  text: string
  /** What else helps to decide: a date, whose turn it is. */
  hint?: string
  action: { href: string; text: string }
}

const order: TagKind[] = ['danger', 'attention', 'wait', 'neutral', 'ok']

/** Sorted here by urgency; equals keep their order. `empty` says that nothing waits and what to do then. */
export function Tasks({ tasks, empty }: { tasks: readonly Task[]; empty: Child }) {
  if (tasks.length === 0) return <div class="tv-empty">{empty}</div>
  return (
    <ul class="tv-tasks">
      {byUrgency(tasks).map((task) => (
        <li class={`tv-task tv-task--${task.kind}`}>
          <Mark kind={task.kind} />
          <div class="tv-task__what">
            {task.count === undefined ? null : <strong class="tv-task__count">{task.count} </strong>}
            {task.text}
            {task.hint ? <div class="tv-task__hint">{task.hint}</div> : null}
          </div>
          <a class="tv-task__action" href={task.action.href}>
            {task.action.text}
            <span class="govuk-visually-hidden">: {task.text}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

export function byUrgency(tasks: readonly Task[]): Task[] {
  return tasks.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}
