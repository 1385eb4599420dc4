"""The models of sources and coverage."""

from sources.models.address import DocumentAddress, SameArticle
from sources.models.document import Capture, Document, FetchAttempt, Reading
from sources.models.feed import Discovery, Feed
from sources.models.host import HostPolicy
from sources.models.identity import IdentityReader, SourceIdentity
from sources.models.page_rulings import PageRuling
from sources.models.passage import Passage
from sources.models.proof import ChainLink, ExternalArchive, Stamp
from sources.models.publication_date import DateSetting, Publication, publication_of
from sources.models.rendering import Rendering
from sources.models.retention import RetentionRule, TextRemoval
from sources.models.search import Search, SearchHit
from sources.models.source import Source, SourceDomain, SourceName, Standing
from sources.models.vector import Arrival, EmbeddingModel, PassageVector, ReadingVector
from sources.models.watch import Change, Edit, Touch, Watch

__all__ = [
    "Arrival",
    "Capture",
    "ChainLink",
    "Change",
    "DateSetting",
    "Discovery",
    "Document",
    "DocumentAddress",
    "Edit",
    "EmbeddingModel",
    "ExternalArchive",
    "Feed",
    "FetchAttempt",
    "HostPolicy",
    "IdentityReader",
    "PageRuling",
    "Passage",
    "PassageVector",
    "Publication",
    "Reading",
    "ReadingVector",
    "Rendering",
    "RetentionRule",
    "SameArticle",
    "Search",
    "SearchHit",
    "Source",
    "SourceDomain",
    "SourceIdentity",
    "SourceName",
    "Stamp",
    "Standing",
    "TextRemoval",
    "Touch",
    "Watch",
    "publication_of",
]
