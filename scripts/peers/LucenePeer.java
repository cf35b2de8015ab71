import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Runs Lucene's ArabicAnalyzer with its default BM25 (k1 1.2, b .75) over a TREC-form collection.
 *
 * <p>Arguments: LIMIT DOCS.TSV, then pairs of QUERIES.TSV RUN. Each RUN is written in TREC's form:
 * query, Q0, passage, rank, score, tag.
 */
public final class LucenePeer {
  private LucenePeer() {}

  public static void main(String[] arguments) throws IOException {
    int limit = Integer.parseInt(arguments[0]);
    try (Analyzer analyzer = new ArabicAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(analyzer, directory, Path.of(arguments[1]));
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        for (int i = 2; i + 1 < arguments.length; i += 2) {
          answer(analyzer, searcher, limit, Path.of(arguments[i]), Path.of(arguments[i + 1]));
        }
      }
    }
  }

  private static void index(Analyzer analyzer, ByteBuffersDirectory directory, Path passages)
      throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        BufferedReader lines = Files.newBufferedReader(passages, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = line.split("\t", 2);
        Document document = new Document();
        document.add(new StoredField("id", pair[0]));
        document.add(new TextField("text", pair[1], Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  private static void answer(
      Analyzer analyzer, IndexSearcher searcher, int limit, Path queries, Path run)
      throws IOException {
    // A QueryBuilder reads plain words; the classic query parser would trip over the punctuation.
    QueryBuilder builder = new QueryBuilder(analyzer);
    try (BufferedReader lines = Files.newBufferedReader(queries, StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(run, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = line.split("\t", 2);
        Query query = builder.createBooleanQuery("text", pair[1]);
        if (query == null) {
          continue; // every word was a stop word
        }
        int rank = 0;
        for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
          String passage = searcher.storedFields().document(hit.doc).get("id");
          out.println(pair[0] + " Q0 " + passage + " " + ++rank + " " + hit.score + " lucene");
        }
      }
      if (out.checkError()) {
        throw new IOException("could not write " + run);
      }
    }
  }
}
