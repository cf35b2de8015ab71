import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene's side of scripts/benchmark.py: indexes, answers one question, or serves.
 *
 * <pre>
 * index UNITS FOLDER            a new index, as ArabicAnalyzer makes it
 * index-stop-words UNITS FOLDER the same with stop words kept, for phrases of nothing else
 * answer FOLDER WORDS           print ten texts that have all the words
 * serve FOLDER STOP-WORDS       answer questions from both, see scripts/peers/speed.py
 * </pre>
 */
public final class LuceneSpeed {
  private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LuceneSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Path first = Path.of(arguments[1]);
    try (Analyzer analyzer = new ArabicAnalyzer();
        Analyzer keeping = new ArabicAnalyzer(CharArraySet.EMPTY_SET)) {
      switch (arguments[0]) {
        case "index":
          LuceneUnits.index(analyzer, first, Path.of(arguments[2]));
          break;
        case "index-stop-words":
          LuceneUnits.index(keeping, first, Path.of(arguments[2]));
          break;
        case "answer":
          answer(analyzer, first, arguments[2]);
          break;
        case "serve":
          serve(analyzer, keeping, first, Path.of(arguments[2]));
          break;
        default:
          throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static void answer(Analyzer analyzer, Path folder, String words) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
      for (LuceneAnswers.Hit hit : new LuceneAnswers(reader, analyzer).page("AND", words).hits) {
        OUT.println(hit.document + "#" + hit.unit);
        OUT.println(hit.text);
        OUT.println(hit.passage);
      }
    }
    OUT.flush();
  }

  private static void serve(Analyzer analyzer, Analyzer keeping, Path folder, Path stopWords)
      throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder));
        DirectoryReader other = DirectoryReader.open(FSDirectory.open(stopWords))) {
      LuceneAnswers answers = new LuceneAnswers(reader, analyzer);
      LuceneAnswers keepers = new LuceneAnswers(other, keeping);
      OUT.println("ready\t" + answers.units());
      OUT.flush();
      IndexWriter writer = null;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] asked = line.split("\t");
        if (asked[0].equals("update")) {
          if (writer == null) {
            writer = new IndexWriter(FSDirectory.open(folder), LuceneUnits.configured(analyzer));
          }
          long began = System.nanoTime();
          LuceneUnits.update(writer, Path.of(asked[1]));
          OUT.println(System.nanoTime() - began);
        } else {
          List<String[]> questions = new ArrayList<>();
          for (int i = Integer.parseInt(asked[1]); i > 0; i--) {
            questions.add(in.readLine().split("\t", 2));
          }
          for (String[] question : questions) {
            boolean all = question[0].equals("stop-word phrase");
            OUT.println(timed(asked[0], all ? keepers : answers, question[0], question[1]));
          }
        }
        OUT.flush();
      }
      if (writer != null) {
        writer.close();
      }
    }
  }

  /** Returns what an answer took by both clocks, and the documents that are in it. */
  private static String timed(String depth, LuceneAnswers answers, String kind, String words)
      throws IOException {
    List<String> documents = new ArrayList<>();
    long busy = THREADS.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    long taken;
    if (depth.equals("rank")) {
      TopDocs found = answers.rank(kind, words);
      taken = System.nanoTime() - began;
      busy = THREADS.getCurrentThreadCpuTime() - busy;
      documents.addAll(answers.documents(found));
    } else {
      List<LuceneAnswers.Hit> hits = answers.page(kind, words).hits;
      taken = System.nanoTime() - began;
      busy = THREADS.getCurrentThreadCpuTime() - busy;
      for (LuceneAnswers.Hit hit : hits) {
        documents.add(hit.document);
      }
    }
    documents.add(0, taken + "\t" + busy);
    return String.join("\t", documents);
  }
}
