import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.util.QueryBuilder;

/** Answers questions of every kind from one index: the order of its hits, or a page of them. */
final class LuceneAnswers {
  /** A hit as a page shows it: where it stands, its text, and its best passage with marks. */
  static final class Hit {
    final String document;
    final String unit;
    final String text;
    final String passage;

    Hit(String document, String unit, String text, String passage) {
      this.document = document;
      this.unit = unit;
      this.text = text;
      this.passage = passage;
    }
  }

  /** Hits in their order, and how many there are of each year where that was asked. */
  static final class Page {
    final List<Hit> hits = new ArrayList<>();
    FacetResult years;
  }

  private static final int LIMIT = 10;
  private static final int MOST_VALUES = 20;

  private final IndexSearcher searcher;
  private final Analyzer analyzer;
  private final QueryBuilder builder;
  private final UnifiedHighlighter highlighter;
  private SortedSetDocValuesReaderState years;

  LuceneAnswers(DirectoryReader reader, Analyzer analyzer) throws IOException {
    this.searcher = new IndexSearcher(reader);
    this.analyzer = analyzer;
    // A QueryBuilder reads plain words; the classic query parser would cost more.
    this.builder = new QueryBuilder(analyzer);
    this.highlighter = UnifiedHighlighter.builder(searcher, analyzer).build();
  }

  int units() {
    return searcher.getIndexReader().numDocs();
  }

  /** Returns the first ten hits in order, nothing read of them. */
  TopDocs rank(String kind, String words) throws IOException {
    return searcher.search(query(kind, words), LIMIT);
  }

  /** Returns the first ten hits with their texts and marked passages, and with what is counted. */
  Page page(String kind, String words) throws IOException {
    Query query = query(kind, words);
    Page page = new Page();
    TopDocs found;
    if (kind.equals("facets")) {
      FacetsCollectorManager.FacetsResult result =
          FacetsCollectorManager.search(searcher, query, LIMIT, new FacetsCollectorManager());
      found = result.topDocs();
      page.years =
          new SortedSetDocValuesFacetCounts(years(), result.facetsCollector())
              .getTopChildren(MOST_VALUES, "year");
    } else {
      found = searcher.search(query, LIMIT);
    }
    StoredFields stored = searcher.storedFields();
    String[] passages = highlighter.highlight("text", query, found);
    for (int i = 0; i < found.scoreDocs.length; i++) {
      Document unit = stored.document(found.scoreDocs[i].doc);
      page.hits.add(new Hit(unit.get("doc"), unit.get("unit"), unit.get("text"), passages[i]));
    }
    return page;
  }

  /** Returns the addresses of the documents that the hits belong to. */
  List<String> documents(TopDocs found) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (ScoreDoc hit : found.scoreDocs) {
      addresses.add(searcher.storedFields().document(hit.doc).get("doc"));
    }
    return addresses;
  }

  /** Returns what counting by year needs; Lucene advises to keep it as long as the reader. */
  private SortedSetDocValuesReaderState years() throws IOException {
    if (years == null) {
      years = new DefaultSortedSetDocValuesReaderState(searcher.getIndexReader(), (FacetsConfig) null);
    }
    return years;
  }

  private Query query(String kind, String words) {
    Query query;
    switch (kind) {
      case "phrase":
      case "stop-word phrase":
        query = builder.createPhraseQuery("text", words);
        break;
      case "prefix":
        query = new PrefixQuery(new Term("text", analyzer.normalize("text", words)));
        break;
      case "OR":
      case "partial":
      case "clause":
        query = builder.createBooleanQuery("text", words, BooleanClause.Occur.SHOULD);
        break;
      default:
        query = builder.createBooleanQuery("text", words, BooleanClause.Occur.MUST);
    }
    return query == null ? new MatchNoDocsQuery("nothing but stop words") : query;
  }
}
