"""Where claims hold: over parameter space, and over settings that fit the calibration equally well.

At every point every distinct market of the claims runs once a replicate, on the same random draws
at all points, and the effect of every part is kept, in one file of a sweep that can be stopped and
resumed. Ablations are left out. At each point the rule is that of ``statistics``: the same smallest
effects, the same intervals, from fewer replicates. So where a claim *holds* it does so beyond
chance at that point, a hard test with eight replicates; the *right direction* asks only for the
sign of the mean, which chance alone gives half of the time, and *large* for a mean that is as large
as the smallest effect of interest. The truth on the share of points lies between. A point where
nothing could be measured counts as one where the claim does not hold.
"""
