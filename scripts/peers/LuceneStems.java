import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Prints what Lucene's ArabicAnalyzer makes of each line of standard input, its tokens joined by
 * spaces. Stop words are kept: here it is asked what a word becomes, not whether it counts.
 */
public final class LuceneStems {
  private LuceneStems() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Analyzer analyzer = new ArabicAnalyzer(CharArraySet.EMPTY_SET);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        StringBuilder stems = new StringBuilder();
        try (TokenStream tokens = analyzer.tokenStream("text", line)) {
          CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
          tokens.reset();
          while (tokens.incrementToken()) {
            stems.append(stems.length() == 0 ? "" : " ").append(term);
          }
          tokens.end();
        }
        out.println(stems);
      }
    }
  }
}
