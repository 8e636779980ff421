from . import envs as envs
from .agents import StateAgent as StateAgent
from .agents import Wargame as Wargame
from .agents import replay as replay
from .campaign import Campaign as Campaign
from .coalition_value import gains as gains
from .comparison import Comparison as Comparison
from .comparison import Comparisons as Comparisons
from .comparison import compare as compare
from .data.state import Pair as Pair
from .data.state import State as State
from .datasets import read_atop as read_atop
from .datasets import read_nmc as read_nmc
from .errors import InvalidInput as InvalidInput
from .history import build as build
from .law import Attack as Attack
from .law import Treaty as Treaty
from .law.explain import explain as explain
from .law.resolve import resolve as resolve
from .scenario import Arm as Arm
from .scenario import Scenario as Scenario
from .scenario import dump as dump
from .scenario import load as load

__version__: str
