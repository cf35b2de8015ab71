import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Puts units into a Lucene index the way its users do: text analysed and stored, the document's
 * address to replace it by, its year to count by.
 *
 * <p>A file of units has one on each line: document, unit, year or nothing, text, with tabs
 * between. The units of a document stand together.
 */
final class LuceneUnits {
  /** Larger than the default of 16 MB, as Lucene's own notes on indexing speed advise. */
  private static final double BUFFER_MEGABYTES = 256;

  private static final FacetsConfig FACETS = new FacetsConfig();

  private LuceneUnits() {}

  /** Indexes the units of a file into a new index, with one thread. */
  static void index(Analyzer analyzer, Path units, Path folder) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, configured(analyzer));
        BufferedReader lines = Files.newBufferedReader(units, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        writer.addDocument(document(line.split("\t", 4)));
      }
      writer.commit();
    }
  }

  /** Returns how a writer of such an index is set up. */
  static IndexWriterConfig configured(Analyzer analyzer) {
    return new IndexWriterConfig(analyzer).setRAMBufferSizeMB(BUFFER_MEGABYTES);
  }

  /** Replaces the documents whose units are in a file, and commits. */
  static void update(IndexWriter writer, Path units) throws IOException {
    String open = null;
    List<Document> held = new ArrayList<>();
    for (String line : Files.readAllLines(units, StandardCharsets.UTF_8)) {
      String[] unit = line.split("\t", 4);
      if (open != null && !open.equals(unit[0])) {
        writer.updateDocuments(new Term("doc", open), held);
        held.clear();
      }
      open = unit[0];
      held.add(document(unit));
    }
    if (open != null) {
      writer.updateDocuments(new Term("doc", open), held);
    }
    writer.commit();
  }

  private static Document document(String[] unit) throws IOException {
    Document document = new Document();
    document.add(new StringField("doc", unit[0], Field.Store.YES));
    document.add(new StoredField("unit", unit[1]));
    document.add(new TextField("text", unit[3], Field.Store.YES));
    if (!unit[2].isEmpty()) {
      document.add(new SortedSetDocValuesFacetField("year", unit[2]));
    }
    return FACETS.build(document);
  }
}
