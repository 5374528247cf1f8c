"""The planner of service days: pure, an instance in, a plan out. See docs/algorithms/plan.md for both formats."""

from diancai.engine.plan.check import check
from diancai.engine.plan.generate import generate
from diancai.engine.plan.refusal import PlanRefusal
from diancai.engine.plan.solve import solve

__all__ = ["PlanRefusal", "check", "generate", "solve"]
