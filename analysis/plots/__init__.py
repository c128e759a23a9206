"""Figures drawn from plot tables; nothing is computed or saved here.

A plot function takes axes and a plot table and returns the axes. It is decorated with
`analysis.plots.style.styled`, so that it looks the same whatever the user's settings are::

    fig = figure("double", height_mm=70)
    draw_map(fig.subplots(), result.plot_table())
"""
