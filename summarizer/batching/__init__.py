"""Many articles at once: one row an article, resumed where it stopped, cached, killed safely.

``batch(sources, output, …)``. Importing this package loads no model library.
"""

from summarizer.batching.cluster import RayCluster
from summarizer.batching.errors import BatchError
from summarizer.batching.report import BatchReport, Progress
from summarizer.batching.running import batch

__all__ = ["BatchError", "BatchReport", "Progress", "RayCluster", "batch"]
