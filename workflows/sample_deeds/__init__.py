"""Draws invented deeds and papers, so that the road can be shown without anyone's real papers.

Every firm and person is called *Contoh* ("sample"), every page says that it is no official
document, and numbers of persons name a district that does not exist.
"""

from workflows.sample_deeds.samples import SampleDeed, write_paper, write_samples
from workflows.sample_deeds.wording import Deed, Founder
from workflows.sample_deeds.writing import write_deed

__all__ = ["Deed", "Founder", "SampleDeed", "write_deed", "write_paper", "write_samples"]
