// Which four figures tell at a glance how this month goes, and which rows stand behind each?
import { everywhere, type Figures, rowsOf } from '../../evaluation/indicators/figures.ts'

/** Supported cases, support persons at work, their hours, and the mean wait for a support person. */
export const monthFigureIds = ['needsCovered', 'volunteersActive', 'hours', 'waitMean'] as const
export type MonthFigureId = (typeof monthFigureIds)[number]
export type MonthFigure = { id: MonthFigureId; value: number | null }

/** The values of the whole country; null where there is nothing to compute one from. */
export function monthFigures(figures: Figures): MonthFigure[] {
  return monthFigureIds.map((id) => ({ id, value: figures.values[id][everywhere] ?? null }))
}

/** The ids of the rows behind one of them: needs, volunteers or visits. */
export const monthRows = (figures: Figures, id: MonthFigureId): string[] => rowsOf(figures, id)
