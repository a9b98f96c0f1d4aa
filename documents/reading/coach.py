"""What a photograph of a paper must be like; the browser and the server measure by these numbers.

The page carries ``LIMITS`` to the script that looks at a photo before it is sent, so that both
say the same of the same picture. Imports nothing, because the site imports it.
"""

# In this order they are told: what spoils the most comes first.
FAULTS = ("dark", "blurred", "glare", "cut", "small", "tilted")

LIMITS: dict[str, float] = {
    "side": 640,  # pixels of the longer side on which everything is measured
    "cell": 16,  # pixels: the picture is looked at in squares of this side
    "ink": 78,  # percent of the paper's brightness under which a pixel is ink
    "step": 12,  # and at least so many levels of 256 darker, because a dark photo is noisy
    "fewest": 30,  # squares with print; with fewer there is nothing to judge
    "light": 50,  # level of 256 of the paper behind the print, at least
    "sharp": 1.1,  # variance of the Laplacian over that of the brightness, at least
    "white": 250,  # level of 256 from which a square is blown out
    "glare": 30,  # blown squares within the print, at most
    "cut": 7,  # letters or lines that touch one border, at most
    "letters": 6.5,  # pixels of a line of small letters in the picture as sent, at least
    "tilt": 12,  # degrees by which the lines lean, at most
    "sure": 1.3,  # how much sharper the lines must stand at that lean than at none
}
