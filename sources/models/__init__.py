"""The models of sources and coverage."""

from sources.models.address import DocumentAddress, SameArticle
from sources.models.brought_file import Bringing
from sources.models.document import Capture, Document, FetchAttempt, Reading
from sources.models.fact_check import FactCheck
from sources.models.feed import Discovery, Feed
from sources.models.form_upload import FormUpload
from sources.models.host import HostPolicy
from sources.models.identity import IdentityReader, SourceIdentity
from sources.models.marked_place import MarkedPlace
from sources.models.page_rulings import PageRuling
from sources.models.passage import Passage
from sources.models.picture import NearCopy, Picture
from sources.models.proof import ChainLink, ExternalArchive, Stamp
from sources.models.provider import ProviderRequest, ProviderSetting, SiteSearch
from sources.models.publication_date import DateSetting, Publication, publication_of
from sources.models.rendering import Rendering
from sources.models.retention import RetentionRule, TextRemoval
from sources.models.search import Search, SearchAnswer, SearchHit
from sources.models.source import Source, SourceDomain, SourceName, Standing
from sources.models.vector import Arrival, EmbeddingModel, PassageVector, ReadingVector
from sources.models.watch import Change, Edit, Touch, Watch

__all__ = [
    "Arrival",
    "Bringing",
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
    "FactCheck",
    "Feed",
    "FetchAttempt",
    "FormUpload",
    "HostPolicy",
    "IdentityReader",
    "MarkedPlace",
    "NearCopy",
    "PageRuling",
    "Passage",
    "PassageVector",
    "Picture",
    "ProviderRequest",
    "ProviderSetting",
    "Publication",
    "Reading",
    "ReadingVector",
    "Rendering",
    "RetentionRule",
    "SameArticle",
    "Search",
    "SearchAnswer",
    "SearchHit",
    "SiteSearch",
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
